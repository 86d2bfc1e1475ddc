"""Which of the agent's devices rings first."""

from __future__ import annotations

from enum import Enum


class Route(Enum):
    """The legal pairs of the service's `webrtc` and `followme`; both on cannot be built."""

    SOFTPHONE = "softphone"
    MOBILE = "mobile"
    NEITHER = "neither"

    @property
    def webrtc(self) -> bool:
        """The request's `webrtc` field."""
        return self is Route.SOFTPHONE

    @property
    def followme(self) -> bool:
        """The request's `followme` field."""
        return self is Route.MOBILE

    @property
    def device(self) -> str:
        """The device in the agent's words, as a sentence's subject."""
        return _DEVICES[self]

    @property
    def own_phone(self) -> str:
        """The device in the agent's words, inside a sentence or in a list: never only the kind of a phone."""
        return "neither phone" if self is Route.NEITHER else f"your {self.value}"

    @property
    def via(self) -> str:
        """How the agent's own leg goes, in a line that may also name the kind of the customer's number."""
        return f"via {self.own_phone}"

    def with_softphone(self, *, on: bool) -> Route:
        """The route after the softphone toggle is turned `on` or off."""
        if on:
            return Route.SOFTPHONE
        return Route.NEITHER if self is Route.SOFTPHONE else self

    def with_mobile(self, *, on: bool) -> Route:
        """The route after the mobile toggle is turned `on` or off."""
        if on:
            return Route.MOBILE
        return Route.NEITHER if self is Route.MOBILE else self


_DEVICES = {
    Route.SOFTPHONE: "Your softphone",
    Route.MOBILE: "Your mobile",
    Route.NEITHER: "Your phone",
}
