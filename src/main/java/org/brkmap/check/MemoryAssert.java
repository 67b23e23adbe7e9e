package org.brkmap.check;

import org.assertj.core.api.AbstractAssert;

/** What all subjects share: failing with facts, and handing their description on to the subject they lead to. */
abstract class MemoryAssert<SELF extends MemoryAssert<SELF, ACTUAL>, ACTUAL> extends AbstractAssert<SELF, ACTUAL> {
    MemoryAssert(ACTUAL actual, Class<SELF> self) {
        super(actual, self);
    }

    /** The failure as an error whose expected and actual values tools can read too. */
    final AssertionError failure(Failure failure) {
        return failureWithActualExpected(failure.actual(), failure.expected(), "%s", failure.text());
    }

    /** Gives the narrower subject this one's description. */
    final <T extends AbstractAssert<T, ?>> T lead(T narrower) {
        return info.hasDescription() ? narrower.as(info.description()) : narrower;
    }
}
