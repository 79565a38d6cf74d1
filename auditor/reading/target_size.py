"""WCAG 2.5.8: which targets are smaller than 24 by 24 px and not kept apart either."""

from collections.abc import Sequence

from auditor.evidence import Box, Target

LEAST_PX = 24.0
_ROUNDING = 0.5


def pressable(targets: Sequence[Target]) -> tuple[Target, ...]:
    """Targets that can be pressed: enabled, and not covered by something else."""
    return tuple(target for target in targets if target.hit and not target.disabled)


def too_small(targets: Sequence[Target]) -> tuple[Target, ...]:
    """Undersized targets whose 24 px circle meets another target or another undersized target's circle.

    Left out by the criterion's exceptions: inside a sentence, sized by the browser, or with an equivalent of full size
    (the same address). A tick box with a label is pressed by its label. What holds the target, or lies in it, does not
    crowd it.
    """
    shown = pressable(targets)
    undersized = [target for target in shown if _undersized(target.box)]
    reachable = {target.href for target in shown if _has_address(target) and not _undersized(target.box)}
    return tuple(
        target
        for target in undersized
        if not target.inline
        and not target.native
        and not _is_labelled_tick_box(target)
        and not (_has_address(target) and target.href in reachable)
        and any(_crowds(target, other) for other in shown)
    )


def _undersized(box: Box) -> bool:
    return box.width < LEAST_PX - _ROUNDING or box.height < LEAST_PX - _ROUNDING


def _is_labelled_tick_box(target: Target) -> bool:
    small = target.box.width < LEAST_PX and target.box.height < LEAST_PX
    return target.tag == "input" and small and bool(target.name)


def _has_address(target: Target) -> bool:
    href = target.href or ""
    return bool(href) and not href.startswith("#") and not href.lower().startswith("javascript:")


def _crowds(target: Target, other: Target) -> bool:
    if abs(target.box.y - other.box.y) > LEAST_PX + target.box.height + other.box.height:
        return False
    same = _has_address(target) and target.href == other.href
    if other is target or same or _contains(other.box, target.box) or _contains(target.box, other.box):
        return False
    x, y = _centre(target.box)
    if _undersized(other.box):
        other_x, other_y = _centre(other.box)
        if (x - other_x) ** 2 + (y - other_y) ** 2 < (LEAST_PX - _ROUNDING) ** 2:
            return True
    nearest_x = min(max(x, other.box.x), other.box.right)
    nearest_y = min(max(y, other.box.y), other.box.bottom)
    return (x - nearest_x) ** 2 + (y - nearest_y) ** 2 < (LEAST_PX / 2 - _ROUNDING) ** 2


def _contains(outer: Box, inner: Box) -> bool:
    return outer.x <= inner.x and outer.y <= inner.y and outer.right >= inner.right and outer.bottom >= inner.bottom


def _centre(box: Box) -> tuple[float, float]:
    return box.x + box.width / 2, box.y + box.height / 2
