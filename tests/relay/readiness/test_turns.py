"""Who may test now: so many at once, the others in order."""

from server.relay.readiness.streams import METER, is_rehearsal
from server.relay.readiness.turns import FORGETS_S, LASTS_S, LINGERS_S, Turns


def test_so_many_test_at_once_and_the_others_wait_in_order() -> None:
    turns = Turns(at_once=2)
    assert [turns.ask(site, "1080p", 0)[0] for site in (1, 2, 3, 4)] == [0, 0, 1, 2]
    turns.leave(1)
    assert turns.ask(4, "1080p", 5)[0] == 2, "who came later does not overtake"
    assert turns.ask(3, "1080p", 6)[0] == 0
    assert turns.ask(4, "1080p", 7)[0] == 1


def test_asking_again_keeps_the_turn_and_does_not_lengthen_it() -> None:
    turns = Turns(at_once=1)
    assert turns.ask(1, "1080p", 0) == (0, LASTS_S)
    assert turns.ask(1, "1080p", 100) == (0, LASTS_S - 100)
    assert turns.has(1, LASTS_S - 1)
    assert not turns.has(1, LASTS_S + 1)


def test_a_page_that_went_away_while_waiting_holds_nobody_up() -> None:
    turns = Turns(at_once=1)
    turns.ask(1, "1080p", 0)
    turns.ask(2, "1080p", 1)
    turns.ask(3, "1080p", FORGETS_S + 2)
    turns.leave(1)
    assert turns.ask(3, "1080p", FORGETS_S + 3)[0] == 0


def test_rehearsals_run_only_while_somebody_tests() -> None:
    turns, told = Turns(), []
    turns.changed.append(lambda: told.append(1))
    assert turns.wanted(0) == []
    turns.ask(1, "720p", 0)
    assert [one.sources[0].address for one in turns.wanted(1)] == ["rehearsal/720p.mkv", "rehearsal/low.mkv"]
    assert all(is_rehearsal(one.id) and one.id != METER for one in turns.wanted(1))
    assert told == [1]
    turns.ask(2, "720p", 2)
    assert told == [1], "they run already"
    turns.look(2 + LASTS_S + LINGERS_S + 1)
    assert (turns.wanted(2 + LASTS_S + LINGERS_S + 1), told) == ([], [1, 1])
