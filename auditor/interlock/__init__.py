"""That no order is placed and nothing is paid: the decisions, without a browser.

``decide`` judges each request that wants to leave, ``judge_click`` each control before it is pressed, ``judge_fill``
each field before it is filled. ``auditor.browser.interlock`` puts them into force.
"""

from auditor.interlock.clickable import Asks, Clickable, Field, Form, PageState
from auditor.interlock.clicking import Allowed, Refused, judge_click
from auditor.interlock.deciding import Verdict, decide
from auditor.interlock.filling import asks_for, judge_fill
from auditor.interlock.phase import Depth, Phase
from auditor.interlock.request import Act, Intent, Kind, RefusedRequest, Sent

__all__ = [
    "Act",
    "Allowed",
    "Asks",
    "Clickable",
    "Depth",
    "Field",
    "Form",
    "Intent",
    "Kind",
    "PageState",
    "Phase",
    "Refused",
    "RefusedRequest",
    "Sent",
    "Verdict",
    "asks_for",
    "decide",
    "judge_click",
    "judge_fill",
]
