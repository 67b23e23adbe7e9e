package org.brkmap.libc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class WaiterTest {
    private final Waiter waiter = new Waiter();
    private PseudoTerminal terminal;

    @BeforeEach
    void openTerminal() throws NativeException {
        terminal = PseudoTerminal.open();
    }

    @AfterEach
    void closeTerminal() {
        terminal.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 127, 255})
    void tellsTheExitCode(int code) throws Exception {
        int pid = Children.shell(terminal, "exit " + code);

        assertThat(waiter.waitFor(pid)).isEqualTo(pid);
        assertThat(WaitStatus.exited(waiter.status())).isTrue();
        assertThat(WaitStatus.killed(waiter.status())).isFalse();
        assertThat(WaitStatus.stopped(waiter.status())).isFalse();
        assertThat(WaitStatus.exitCode(waiter.status())).isEqualTo(code);
        assertThat(waiter.waitFor(pid)).as("nothing is left to hear").isEqualTo(-1);
    }

    @Test
    void tellsTheStopAndThenTheSignalThatKilled() throws Exception {
        int pid = Children.shell(terminal, "kill -STOP $$");
        assertThat(waiter.waitFor(-1)).isEqualTo(pid);
        assertThat(WaitStatus.stopped(waiter.status())).isTrue();
        assertThat(WaitStatus.stopSignal(waiter.status())).isEqualTo(Signal.SIGSTOP.number());
        assertThat(WaitStatus.event(waiter.status())).isZero();
        assertThat(WaitStatus.isCallExit(waiter.status())).isFalse();
        assertThat(waiter.poll(pid)).as("it is there, with nothing new to tell").isZero();

        assertThat(Processes.kill(pid, Signal.SIGKILL)).isTrue();
        assertThat(waiter.waitFor(pid)).isEqualTo(pid);
        assertThat(WaitStatus.killed(waiter.status())).isTrue();
        assertThat(WaitStatus.exited(waiter.status())).isFalse();
        assertThat(WaitStatus.killingSignal(waiter.status())).isEqualTo(Signal.SIGKILL.number());
        assertThat(Processes.kill(pid, Signal.SIGKILL)).as("it is gone").isFalse();
    }

    @Test
    void hearsOnlyTheChildrenOfItsOwnThread() throws Exception {
        int mine = Children.shell(terminal, "exit 3");

        assertThat(onAnotherThread(() -> new Waiter().waitFor(-1))).isEqualTo(-1);
        Process javas = onAnotherThread(() -> new ProcessBuilder("/bin/sh", "-c", "exit 5").start());
        assertThat(waiter.waitFor(-1)).isEqualTo(mine);
        assertThat(WaitStatus.exitCode(waiter.status())).isEqualTo(3);
        assertThat(waiter.waitFor(-1)).isEqualTo(-1);
        assertThat(javas.waitFor()).isEqualTo(5);
    }

    private static <T> T onAnotherThread(Callable<T> task) throws Exception {
        FutureTask<T> future = new FutureTask<>(task);
        new Thread(future, "another").start();
        return future.get();
    }
}
