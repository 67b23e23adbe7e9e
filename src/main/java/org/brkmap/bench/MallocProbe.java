package org.brkmap.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.brkmap.analyse.Analyser;
import org.brkmap.bench.AllocatorFigures.Arenas;
import org.brkmap.bench.AllocatorFigures.Flip;
import org.brkmap.bench.AllocatorFigures.Growth;
import org.brkmap.bench.AllocatorFigures.Length;
import org.brkmap.bench.AllocatorFigures.Returned;
import org.brkmap.bench.AllocatorFigures.Served;
import org.brkmap.bench.AllocatorFigures.Way;
import org.brkmap.bench.Requests.Step;
import org.brkmap.model.MemoryEvent;
import org.brkmap.model.Observation;
import org.brkmap.model.Snapshot;
import org.brkmap.observe.Observer;

/** Watches programs with one malloc, and finds out what it does. */
final class MallocProbe {
    private static final long MOST = 64L << 20;
    /** One, some, and as many as sample-c/arenas can have: where the arenas end, threads share them. */
    private static final int[] THREADS = {1, 4, 32};

    private static final int PROT_NONE = 0;
    private static final int BLOCKS = 100;
    private static final int BLOCK = 64 << 10;
    /** A size near those that a group of musl's serves a few of. */
    static final int SMALL = 1005;

    static final int SMALL_ONES = 3;
    private static final String THIRTY = "30x" + FlipSearch.SIZE;
    private static final String PINNED = "glibc.malloc.mmap_threshold=131072:glibc.malloc.top_pad=0";
    private static final String ONE_ARENA = "glibc.malloc.arena_max=1";
    private static final String RAISED = "glibc.malloc.mmap_threshold=1048576";

    private final Allocator allocator;

    MallocProbe(Allocator allocator) {
        this.allocator = allocator;
    }

    /** A first request in a new process. */
    Optional<Served> served(long bytes) throws IOException, InterruptedException {
        Requests run = Requests.of(allocator, List.of(String.valueOf(bytes), "-1"));
        return run.refusal() == null
                ? Optional.of(new Served(way(run, 0), run.steps().get(0).grownSince(run.start())))
                : Optional.empty();
    }

    /** The request at this index, whose block is freed at the next. */
    private static Way way(Requests run, int index) {
        Step step = run.steps().get(index);
        Step freed = run.steps().get(index + 1);
        if (step.mapping().isPresent()) {
            return freed.unmaps(step.pointer()) ? Way.OWN_MAPPING : Way.MAPPING;
        }
        if (step.breakMoved() > 0) {
            return Way.BREAK;
        }
        return step.events().stream().anyMatch(event -> event.call().equals("mmap")) ? Way.MAPPING : Way.STOCK;
    }

    Map<String, Flip> flips() throws IOException, InterruptedException {
        Map<String, Flip> flips = new LinkedHashMap<>();
        flips.put("the first request", flip(allocator, List.of()));
        flips.put("after a small one", flip(allocator, List.of("1")));
        flips.put("with the top used up", flip(allocator, List.of("fill")));
        flips.put("after 1 MiB was freed", flip(allocator, List.of("1048576", "-1")));
        flips.put("with thirty of the size in use", flip(allocator, List.of(THIRTY)));
        if (allocator.tunable()) {
            flips.put("mmap_threshold=128K, top_pad=0", flip(allocator.with("GLIBC_TUNABLES", PINNED), List.of()));
            flips.put("mmap_threshold=1M", flip(allocator.with("GLIBC_TUNABLES", RAISED), List.of()));
        }
        return flips;
    }

    private static Flip flip(Allocator tuned, List<String> before) throws IOException, InterruptedException {
        return new FlipSearch(tuned, before, MOST).ownMapping();
    }

    /** From which size on a mapping is as long as the request, to the byte. */
    Length length() throws IOException, InterruptedException {
        return new FlipSearch(allocator, List.of(), MOST).length();
    }

    /** From which size on free asks the kernel for something at once. */
    Flip givenBack() throws IOException, InterruptedException {
        return new FlipSearch(allocator, List.of(), MOST).givenBack();
    }

    /** What each of some small requests makes it ask for, one after the other. */
    List<List<Growth>> small() throws IOException, InterruptedException {
        return asked(Requests.of(allocator, Collections.nCopies(SMALL_ONES, String.valueOf(SMALL))));
    }

    /** What many small requests make it ask for. */
    List<Growth> growth() throws IOException, InterruptedException {
        List<Growth> growth = new ArrayList<>();
        for (List<Growth> step : asked(Requests.of(allocator, List.of("1", "2000x4000")))) {
            step.forEach(more -> add(growth, more));
        }
        return growth;
    }

    /** What each request makes it ask for. */
    private static List<List<Growth>> asked(Requests run) {
        List<List<Growth>> all = new ArrayList<>();
        Long end = run.startBreak();
        for (Step step : run.steps()) {
            List<Growth> growth = new ArrayList<>();
            for (MemoryEvent event : step.events()) {
                if (event.call().equals("mmap") && (int) event.arg(4) == -1) {
                    add(growth, new Growth("mmap", event.arg(1), 1));
                } else if (event.call().equals("brk")) {
                    if (end != null && event.result() > end) {
                        add(growth, new Growth("brk", event.result() - end, 1));
                    }
                    end = event.result();
                }
            }
            all.add(growth);
        }
        return all;
    }

    private static void add(List<Growth> growth, Growth more) {
        Growth last = growth.isEmpty() ? null : growth.get(growth.size() - 1);
        if (last != null && last.call().equals(more.call()) && last.bytes() == more.bytes()) {
            growth.set(growth.size() - 1, new Growth(last.call(), last.bytes(), last.times() + more.times()));
        } else {
            growth.add(more);
        }
    }

    /** What goes back when all is freed, the newest first. */
    Optional<Returned> returned() throws IOException, InterruptedException {
        Requests run = Requests.of(allocator, List.of(BLOCKS + "x" + BLOCK, "touch", "-all"));
        if (run.refusal() != null) {
            return Optional.empty();
        }
        Snapshot full = run.steps().get(1).after();
        Step freed = run.last();
        Map<String, Integer> calls = new LinkedHashMap<>();
        freed.events().forEach(event -> calls.merge(event.call(), 1, Integer::sum));
        return Optional.of(new Returned(
                (long) BLOCKS * BLOCK,
                run.start().totals().resident(),
                full.totals().resident(),
                freed.after().totals().resident(),
                full.totals().virtual(),
                freed.after().totals().virtual(),
                calls.entrySet().stream()
                        .map(call -> call.getValue() + " × " + call.getKey())
                        .toList()));
    }

    /** By what threads other than the first ask the kernel for. */
    List<Arenas> arenas() throws IOException, InterruptedException {
        List<Arenas> arenas = new ArrayList<>();
        for (int threads : THREADS) {
            String setting = "One small block in " + (threads == 1 ? "a thread" : "each of " + threads + " threads");
            arenas(allocator, setting, threads).ifPresent(arenas::add);
        }
        if (allocator.tunable()) {
            int threads = THREADS[1];
            arenas(
                            allocator.with("GLIBC_TUNABLES", ONE_ARENA),
                            "One small block in each of " + threads + " threads, arena_max=1",
                            threads)
                    .ifPresent(arenas::add);
        }
        return arenas;
    }

    private static Optional<Arenas> arenas(Allocator tuned, String setting, int threads)
            throws IOException, InterruptedException {
        Observation run = Analyser.analyse(
                        Observer.observe(tuned.launch(tuned.arenas(), List.of(String.valueOf(threads), "together"))))
                .observation();
        Snapshot all = run.snapshots().stream()
                .filter(snapshot -> snapshot.label().equals("all have one"))
                .findFirst()
                .orElse(null);
        if (all == null) {
            return Optional.empty();
        }
        long reserved = 0;
        long accessible = 0;
        for (MemoryEvent event : run.events()) {
            if (event.seq() >= all.eventsBefore() || event.tid() == event.pid() || !event.succeeded()) {
                continue;
            }
            switch (event.call()) {
                case "mmap" -> {
                    reserved += event.arg(1);
                    accessible += event.arg(2) == PROT_NONE ? 0 : event.arg(1);
                }
                case "munmap" -> reserved -= event.arg(1);
                case "mprotect" -> accessible += event.arg(2) == PROT_NONE ? -event.arg(1) : event.arg(1);
                default -> {}
            }
        }
        return Optional.of(new Arenas(setting, threads, reserved, accessible));
    }
}
