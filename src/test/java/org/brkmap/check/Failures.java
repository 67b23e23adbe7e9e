package org.brkmap.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.opentest4j.AssertionFailedError;

/** Asserts that an assertion fails, and with which words. */
final class Failures {
    private Failures() {}

    static void assertFails(ThrowingCallable assertion, String... lines) {
        AssertionFailedError error = catchThrowableOfType(AssertionFailedError.class, assertion);
        assertThat(error).as("the failure").isNotNull();
        assertThat(error.getMessage()).isEqualTo(String.join("\n", lines));
    }
}
