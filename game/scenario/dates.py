"""Dates as turns."""

from __future__ import annotations

import datetime as dt

from game.scenario import spec


def turn_of(date: spec.Date, scenario: spec.Scenario) -> int:
    """The turn a date falls into, from 1; below 1 before the start."""
    start = scenario.start
    months = (date.year - start.year) * 12 + date.month - start.month
    if scenario.turn == "week":
        return (dt.date(date.year, date.month, date.day) - dt.date(start.year, start.month, start.day)).days // 7 + 1
    return months // {"month": 1, "quarter": 3, "year": 12}[scenario.turn] + 1
