package lab8;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.brkmap.analyse.Analysis;
import org.brkmap.evidence.ExerciseKind;
import org.brkmap.lab.Bench;
import org.brkmap.lab.Exercise;
import org.brkmap.lab.Lab;
import org.brkmap.lab.ShownAfter;
import org.brkmap.model.Snapshot;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@Lab("lab8")
@Order(5)
@DisplayName("What a frame holds")
class FramesTest {
    private static final int LOCAL = 64;
    private static final int WORD = Long.BYTES;

    @Test
    @Order(1)
    @DisplayName("Between two calls' locals lie a saved frame pointer and a return address")
    @Exercise(id = "frame-holds", kind = ExerciseKind.OBSERVE, points = 2)
    void whatLiesBetweenTwoCalls(Bench bench) {
        List<Long> returns = returnAddresses(StackMemory.of(bench, Growth.framesOf(LOCAL), "down " + Growth.FRAMES));
        assertThat(returns.get(0))
                .as("the return address of the first call, which main made, against that of the others")
                .isNotEqualTo(returns.get(1));
        assertThat(returns.subList(1, Growth.FRAMES).stream().distinct().count())
                .as("return addresses of the other calls, which all return to one place")
                .isEqualTo(1);
        bench.found(
                "%d calls: in each the local's %d bytes, then a word that points into the stack, then one that points "
                        + "into the code",
                Growth.FRAMES, LOCAL);
    }

    /** The return address of each call, from the first to the deepest, read above its local. */
    private static List<Long> returnAddresses(StackMemory memory) {
        List<Long> returns = new ArrayList<>();
        long above = memory.stack().end();
        for (int number = 1; number <= Growth.FRAMES; number++) {
            String letters = Character.toString('A' + number - 1).repeat(LOCAL);
            List<Long> found = memory.find(letters.getBytes(StandardCharsets.US_ASCII));
            assertThat(found)
                    .as("places of the local of call %d in the stack", number)
                    .hasSize(1);
            long local = found.get(0);
            assertThat(local)
                    .as("where the local of call %d lies, below that of the caller", number)
                    .isLessThan(above);
            returns.add(returnAddress(memory, local, above, number));
            above = local;
        }
        return returns;
    }

    private static long returnAddress(StackMemory memory, long local, long above, int number) {
        for (long at = local + LOCAL + WORD; at + WORD <= above; at += WORD) {
            long saved = memory.word(at - WORD);
            if (memory.isCode(memory.word(at)) && memory.stack().contains(saved) && saved > at) {
                return memory.word(at);
            }
        }
        throw new AssertionError("above the local of call " + number
                + " lies no address of the stack with an address of the program's code behind it");
    }

    @Test
    @Order(2)
    @DisplayName("The stack pointer goes down by one frame for each call, and comes back")
    @ShownAfter("frame")
    void theStackPointerMovesByFrames(Bench bench) {
        Analysis run = Growth.frames(bench, LOCAL);
        long frame = 0;
        for (int number = 2; number <= Growth.FRAMES; number++) {
            long down = Stacks.pointer(Stacks.at(run, "down " + (number - 1)))
                    - Stacks.pointer(Stacks.at(run, "down " + number));
            assertThat(down).as("bytes from call %d to the next", number - 1).isGreaterThan(LOCAL + 2 * WORD - 1);
            assertThat(frame == 0 || frame == down)
                    .as("every frame has the same size")
                    .isTrue();
            frame = down;
        }
        Snapshot first = Stacks.at(run, "down 1");
        assertThat(Stacks.pointer(Stacks.at(run, "up 1")))
                .as("the stack pointer when the others have returned")
                .isEqualTo(Stacks.pointer(first));
        bench.found("a frame of %d bytes for a local of %d", frame, LOCAL);
    }
}
