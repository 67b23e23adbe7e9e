package org.brkmap.evidence;

import java.util.Objects;
import org.brkmap.model.HostFacts;
import org.jspecify.annotations.Nullable;

/**
 * The host whose map an answer was read from. The answer can be judged where C library, compiler and architecture are the
 * same; elsewhere it is neither right nor wrong. Immutable.
 *
 * @param libc as {@link HostFacts#libc}
 * @param compiler as {@link HostFacts#compiler}
 * @param machine as {@link HostFacts#machine}
 * @param kernel as {@link HostFacts#kernel}; null if it was not kept. The same rows are there under another one, or an answer is
 *     judged by what that one shows
 */
public record AnswerHost(
        String libc,
        String compiler,
        String machine,
        @Nullable String kernel) {

    /** The host of a run, or null if the run does not say enough: of a static program, or of one that was not built. */
    public static @Nullable AnswerHost of(HostFacts host) {
        String libc = host.libc();
        String compiler = host.compiler();
        return libc == null || compiler == null ? null : new AnswerHost(libc, compiler, host.machine(), host.kernel());
    }

    /** Whether an answer from here can be judged there. */
    public boolean isLike(AnswerHost other) {
        return Objects.equals(libc, other.libc)
                && Objects.equals(compiler, other.compiler)
                && Objects.equals(machine, other.machine);
    }

    /** In a few words, for people. */
    public String describe() {
        return libc + ", " + machine + ", " + compiler;
    }
}
