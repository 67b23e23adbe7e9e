package org.brkmap.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.brkmap.model.MemoryEvent;
import org.brkmap.model.Observation;
import org.brkmap.model.Snapshot;
import org.brkmap.observe.Launch;
import org.brkmap.observe.Observer;
import org.brkmap.toolchain.Tool;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code brkmap doctor}: tries what observing needs, and says what is lost without it. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = "Tries out what brkmap needs on this machine; says what is lost without it and how to get it.",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:the labs can run here", "1:they cannot; the lines marked MISSING say why"})
final class DoctorCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    private boolean healthy = true;

    @Override
    public Integer call() throws InterruptedException {
        tool("gcc", "no C program can be built", "apt install gcc");
        tool("make", "samples cannot be built by hand", "apt install make");
        tool("addr2line", "causes have no source line", "apt install binutils");
        observe();
        spec.commandLine().getOut().flush();
        return healthy ? 0 : Brkmap.FAILED;
    }

    private void tool(String name, String loss, String remedy) {
        boolean found = Tool.exists(name);
        say(found, name, found ? "found" : loss + "; " + remedy);
    }

    /** The best probe is the thing itself: one program, observed whole. */
    private void observe() throws InterruptedException {
        try {
            Observation seen = Observer.observe(Launch.of("ls", "/"));
            List<Snapshot> snapshots = seen.snapshots();
            say(!seen.events().isEmpty(), "ptrace", "saw " + seen.events().size() + " calls of ls");
            say(
                    snapshots.stream()
                            .flatMap(snapshot -> snapshot.mappings().stream())
                            .anyMatch(row -> row.usage() != null),
                    "smaps",
                    "tells what is resident");
            say(
                    snapshots.stream()
                            .flatMap(snapshot -> snapshot.mappings().stream())
                            .anyMatch(row -> row.pages() != null),
                    "pagemap",
                    "tells the state of each page");
            say(
                    seen.events().stream().map(MemoryEvent::cause).anyMatch(cause -> cause != null),
                    "malloc probe",
                    "names the call behind a system call");
            seen.notes().forEach(note -> say(true, "note", note));
        } catch (IOException e) {
            say(false, "ptrace", String.valueOf(e.getMessage()));
        }
    }

    private void say(boolean found, String name, String detail) {
        healthy &= found;
        PrintWriter out = spec.commandLine().getOut();
        out.printf("%-8s %-13s %s%n", found ? "ok" : "MISSING", name, detail);
    }
}
