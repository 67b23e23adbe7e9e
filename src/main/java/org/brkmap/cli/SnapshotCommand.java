package org.brkmap.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.brkmap.analyse.Analyser;
import org.brkmap.evidence.FactsJson;
import org.brkmap.libc.SystemFacts;
import org.brkmap.model.CheckpointKind;
import org.brkmap.model.Mapping;
import org.brkmap.model.ProcessLayout;
import org.brkmap.model.Snapshot;
import org.brkmap.model.ThreadState;
import org.brkmap.procfs.ProcException;
import org.brkmap.procfs.ProcFs;
import org.brkmap.procfs.ProcStat;
import org.brkmap.report.Visible;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code brkmap snapshot}: the address space of any process at this moment. */
@Command(
        name = "snapshot",
        mixinStandardHelpOptions = true,
        description = {
            "Shows the address space of a running process: every mapping with its size, how much of it is in memory,"
                    + " and what it is for.",
            "The process is neither stopped nor traced. Without its history, malloc's arenas count as anonymous memory."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:done",
            "1:there is no such process, it has no memory, or it may not be read",
            "2:the command was not understood"
        },
        footerHeading = "%nTry:%n",
        footer = {
            "  ./brkmap snapshot $$$$",
            "  ./brkmap snapshot --csv $(pgrep -n bash) > bash.csv",
            "  ./brkmap snapshot --json $$$$ | jq .totals"
        })
final class SnapshotCommand implements Callable<Integer> {
    private static final int MOST_TRIES = 20;

    /** One form or the other. */
    static final class Form {
        @Option(names = "--csv", description = "Print a row a mapping, for a spreadsheet (docs/CLI.md).")
        boolean csv;

        @Option(names = "--json", description = "Print the same for programs (docs/CLI.md).")
        boolean json;
    }

    @ArgGroup
    private @Nullable Form form;

    @Parameters(paramLabel = "PID", converter = ProcessNumber.Converter.class, description = "The process's number.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private ProcessNumber process;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        ProcStat stat = process.alive();
        Console console = Console.of(spec);
        Snapshot snapshot = read();
        int pageSize = SystemFacts.pageSize();
        Space space = Space.of(snapshot.mappings(), Set.of(), pageSize);
        Form wanted = form;
        if (wanted != null && wanted.csv) {
            console.out().print(SpaceData.csv(space));
        } else if (wanted != null && wanted.json) {
            console.out().print(FactsJson.write(facts(stat, snapshot, space)));
        } else {
            ProcessLayout layout = snapshot.layout();
            String executable = layout == null ? null : layout.executable();
            int threads = snapshot.threads().size();
            SpaceText.heading(
                    List.of(
                            "process " + process.pid() + " (" + Visible.line(stat.command(), 40) + ")",
                            Visible.line(executable == null ? "executable n/a" : executable, 4096),
                            threads == 1 ? "1 thread" : threads + " threads"),
                    console);
            SpaceText.print(space, console);
        }
        console.out().flush();
        return 0;
    }

    private Map<String, @Nullable Object> facts(ProcStat stat, Snapshot snapshot, Space space) {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put("schema", "brkmap/snapshot/1");
        facts.put("pid", process.pid());
        facts.put("command", stat.command());
        ProcessLayout layout = snapshot.layout();
        facts.put("executable", layout == null ? null : layout.executable());
        facts.put("threads", snapshot.threads().stream().map(ThreadState::name).toList());
        facts.put("pageSize", space.pageSize());
        facts.put("totals", SpaceData.totals(space));
        facts.put("regions", SpaceData.stretches(space));
        return facts;
    }

    /** A process that moves is read again: it is not stopped for being looked at. */
    private Snapshot read() throws IOException {
        for (int tries = 1; ; tries++) {
            try {
                return classified();
            } catch (ProcException e) {
                if (e.kind() != ProcException.Kind.RACED || tries == MOST_TRIES) {
                    throw e;
                }
            }
        }
    }

    private Snapshot classified() throws IOException {
        ProcFs proc = ProcFs.live();
        int pid = process.pid();
        List<Mapping> mappings = proc.smaps(pid);
        List<ThreadState> threads = new ArrayList<>();
        for (int tid : proc.threads(pid)) {
            threads.add(new ThreadState(tid, proc.threadName(pid, tid), stackPointer(proc, pid, tid), null));
        }
        Snapshot raw = new Snapshot(0, 0, CheckpointKind.PAUSE, "", 0, pid, threads, mappings, proc.layout(pid), null);
        return Analyser.roles(raw, SystemFacts.pageSize());
    }

    private static @Nullable Long stackPointer(ProcFs proc, int pid, int tid) throws IOException {
        try {
            return proc.syscall(pid, tid).stackPointer();
        } catch (ProcException e) {
            if (e.kind() == ProcException.Kind.DENIED || e.kind() == ProcException.Kind.UNAVAILABLE) {
                return null;
            }
            throw e;
        }
    }
}
