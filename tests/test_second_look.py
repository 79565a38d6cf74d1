"""What of a page's scripts ran, and why a page is not kept, from Chrome's own words."""

from typing import Any

from auditor.browser.second_look import kept, unused_scripts

PAGE = "https://shop.example/"


def function(*ranges: tuple[int, int, int]) -> dict[str, Any]:
    return {"ranges": [{"startOffset": start, "endOffset": end, "count": count} for start, end, count in ranges]}


def script(url: str, *functions: dict[str, Any]) -> dict[str, Any]:
    return {"url": url, "functions": list(functions)}


def test_a_function_that_never_ran_is_unused_with_all_that_is_in_it() -> None:
    (found,) = unused_scripts(
        [
            script(
                f"{PAGE}app.js",
                function((0, 10_000, 1)),
                function((1_000, 6_000, 0)),
                function((2_000, 3_000, 0)),
                function((7_000, 9_000, 1), (8_000, 8_500, 0)),
            )
        ],
        PAGE,
    )
    assert (found.bytes, found.unused_bytes, found.owner) == (10_000, 5_500, "shop")


def test_a_branch_that_ran_inside_one_that_did_not_is_used() -> None:
    (found,) = unused_scripts(
        [script(f"{PAGE}app.js", function((0, 10_000, 1), (0, 8_000, 0), (2_000, 5_000, 3)))], PAGE
    )
    assert found.unused_bytes == 5_000


def test_scripts_in_the_page_itself_and_small_rests_are_left_out() -> None:
    assert (
        unused_scripts([script(PAGE, function((0, 9_000, 0))), script(f"{PAGE}a.js", function((0, 900, 0)))], PAGE)
        == ()
    )


def test_a_script_of_several_frames_counts_once_as_far_as_it_was_used() -> None:
    (found,) = unused_scripts(
        [script("https://tags.invalid/t.js", function((0, 9_000, count))) for count in (0, 0)]
        + [script("https://tags.invalid/t.js", function((0, 9_000, 1), (0, 4_000, 0)))],
        PAGE,
    )
    assert (found.unused_bytes, found.owner) == (4_000, "tags.invalid")


def test_reasons_that_the_page_can_mend_are_told_from_all_others() -> None:
    ours = {"reason": "BackForwardCacheDisabledByCommandLine", "type": "Circumstantial"}
    unload = {"reason": "UnloadHandlerExistsInMainFrame", "type": "PageSupportNeeded"}
    passing = {"reason": "OutstandingNetworkRequestFetch", "type": "PageSupportNeeded"}
    assert kept([ours])["kept_whole"] is True
    found = kept([ours, unload, passing])
    assert found["kept_whole"] is False
    assert found["not_kept"] == ("UnloadHandlerExistsInMainFrame",)
    assert found["not_kept_others"] == ("OutstandingNetworkRequestFetch",)
