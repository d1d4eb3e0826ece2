"""Telling: a game in words, as a chronicle, as news, as a briefing. Nothing here prints."""
