"""Fingers on a display that takes touches: what Xorg's inputtest driver reads from its socket. Run it under with-display --touch.

The forms are those of xserver-xorg-dev's xf86-input-inputtest-protocol.h, version 1: native byte order, doubles at multiples of 8."""

import os
import socket
import struct
import time

from limber import Trouble

_HELLO, _SYNC, _TOUCH = 0, 1, 6  # what is sent
_BEGIN, _UPDATE, _END = 18, 19, 20  # XI_TouchBegin …
_MOST = 64  # axes that an event has room for
_EDGE = 0xffff  # of the driver's two axes, whatever the display's size
_HEAD = struct.Struct('=II')
_HELLO_FORM = struct.Struct('=IIHH')
_TOUCH_FORM = struct.Struct(f'=IIIII8s4x{2 * _MOST}d')
PATIENCE = 10  # seconds for the display to answer


class Fingers:
    """Each is known by a number. What is told is taken in by the display when a method returns; by programs soon after.
    The driver hears one client in its life: a program has one of these, for all its tests."""

    def __init__(self, size):
        path = os.environ.get('LIMBER_TEST_TOUCH')
        if not path:
            raise Trouble(lacking())
        self.size, self.down = size, set()
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.settimeout(PATIENCE)
        self._socket.connect(path)
        self._socket.sendall(_HELLO_FORM.pack(_HELLO_FORM.size, _HELLO, 1, 0))
        self._answer(_HELLO, _HELLO_FORM.size)

    def _answer(self, wanted, size):
        said = b''
        while len(said) < size:
            more = self._socket.recv(size - len(said))
            if not more:
                raise Trouble('the display has closed its socket for touches')
            said += more
        length, kind = _HEAD.unpack(said[:_HEAD.size])
        if (length, kind) != (size, wanted):
            raise Trouble(f'the display answered {kind} of {length} bytes')

    def _tell(self, kind, *places):
        """Each of places: a finger, and where it is."""
        for finger, x, y in places:
            values = [x * _EDGE / (self.size[0] - 1), y * _EDGE / (self.size[1] - 1), *[0.0] * (2 * _MOST - 2)]
            self._socket.sendall(_TOUCH_FORM.pack(_TOUCH_FORM.size, _TOUCH, finger, kind, 0, b'\x03'.ljust(8, b'\0'), *values))
        self._socket.sendall(_HEAD.pack(_HEAD.size, _SYNC))
        self._answer(1, _HEAD.size)

    def put(self, *places):
        """Fingers come down: each (finger, x, y)."""
        self.down.update(finger for finger, _, _ in places)
        self._tell(_BEGIN, *places)

    def move(self, *places):
        self._tell(_UPDATE, *places)

    def lift(self, *places):
        """Fingers go, each from where it is said to be."""
        self.down.difference_update(finger for finger, _, _ in places)
        self._tell(_END, *places)

    def rest(self):
        """No finger is on the glass any more."""
        if self.down:
            self.lift(*((finger, 0, 0) for finger in sorted(self.down)))

    def tap(self, x, y, tremble=0, finger=0):
        """A tap of a hand that trembles by so many pixels."""
        self.put((finger, x, y))
        if tremble:
            self.move((finger, x + tremble, y), (finger, x, y - tremble), (finger, x - tremble / 2, y + tremble / 2))
        self.lift((finger, x, y))

    def slide(self, begin, end, steps=8):
        """A finger is drawn over the glass."""
        self.put((0, *begin))
        for step in range(1, steps + 1):
            self.move((0, *(a + (b - a) * step / steps for a, b in zip(begin, end))))
        self.lift((0, *end))


def lacking():
    """Why there can be no touches; nothing where there can."""
    if os.environ.get('LIMBER_TEST_TOUCH'):
        return None
    return os.environ.get('LIMBER_TEST_NO_TOUCH') or 'the display was started without touches'
