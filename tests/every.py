"""One test for a whole set of things, such as all templates: it looks at every one and names all that fail.

`pytest.mark.parametrize` makes a test of each, which for a glance at a file costs more than the glance. It is for cases that somebody
wrote down; `every` is for sets that the project has: its pages, sheets, languages, records.
"""

from inspect import Signature, signature


def every(things, *, name=str):
    """Make one test of a function that looks at one thing; several values of one thing come as a tuple.

    What the function asks for behind them are fixtures, which all the looks share.
    """
    things = list(things)

    def whole(look):
        def test(**fixtures):
            failures = list(_failures(look, things, name, fixtures))
            if failures:
                message = f"{len(failures)} of {len(things)} fail"
                raise ExceptionGroup(message, failures)
            assert things, "there is nothing to look at"

        test.__name__, test.__doc__, test.__module__ = look.__name__, look.__doc__, look.__module__
        test.__signature__ = Signature(_fixtures(look, things))
        return test

    return whole


def _fixtures(look, things):
    """Return the parameters that no thing fills."""
    filled = max((len(_values(thing)) for thing in things), default=0)
    return list(signature(look).parameters.values())[filled:]


def _values(thing):
    return thing if isinstance(thing, tuple) else (thing,)


def _failures(look, things, name, fixtures):
    """Yield what went wrong with a thing, with its name."""
    for thing in things:
        try:
            look(*_values(thing), **fixtures)
        except Exception as error:  # noqa: BLE001 - whatever it is, the others are looked at
            error.add_note(f"in {name(thing)}")
            yield error
