"""What the system tells of the pointer, and what the window is told of it."""

from __future__ import annotations

import pygame

from game.screen.inputs import merged, messages
from game.screen.messages import Click, Drag, Hover


def moved(x, y, across, down, *, held=True):
    return pygame.event.Event(
        pygame.MOUSEMOTION, {"pos": (x, y), "rel": (across, down), "buttons": (int(held), 0, 0), "touch": False}
    )


def let_go(x, y):
    return pygame.event.Event(pygame.MOUSEBUTTONUP, {"pos": (x, y), "button": 1, "touch": False})


def test_a_drag_in_many_steps_is_one_drag_by_as_much():
    (event,) = merged([moved(101, 50, 1, 0), moved(104, 52, 3, 2), moved(103, 55, -1, 3)])
    assert list(messages(event, 1.0, dragging=True)) == [Hover(103, 55), Drag(103, 55, 3, 5)]


def test_what_happens_between_two_motions_stays_between_them():
    events = list(merged([moved(1, 1, 1, 1), moved(2, 2, 1, 1), let_go(2, 2), moved(9, 9, 7, 7, held=False)]))
    told = [message for event in events for message in messages(event, 1.0, dragging=False)]
    assert told == [Hover(2, 2), Click(2, 2, 1), Hover(9, 9)]


def test_a_motion_with_the_button_down_is_none_with_it_up():
    assert len(list(merged([moved(1, 1, 1, 1), moved(2, 2, 1, 1, held=False)]))) == 2
