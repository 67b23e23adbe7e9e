package org.brkmap.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.brkmap.model.Limits;
import org.brkmap.observe.Launch;
import org.brkmap.toolchain.BuildRequest;
import org.brkmap.toolchain.CCompiler;
import org.brkmap.toolchain.Tool;

/**
 * A malloc that this machine has. Immutable.
 *
 * @param name for people
 * @param how how a program gets it: the C library's own, a library preloaded, another C library
 * @param requests sample-c/requests, built for it
 * @param arenas sample-c/arenas, built for it
 * @param environment what the programs need beside
 * @param tunable whether GLIBC_TUNABLES speak to it
 */
public record Allocator(
        String name, String how, Path requests, Path arenas, Map<String, String> environment, boolean tunable) {
    private static final Map<String, String> PRELOADED = new LinkedHashMap<>();

    static {
        PRELOADED.put("jemalloc", "libjemalloc.so");
        PRELOADED.put("mimalloc", "libmimalloc.so");
        PRELOADED.put("tcmalloc", "libtcmalloc_minimal.so");
    }

    /** Thirty blocks of the largest size are asked for, and never touched. */
    private static final long ADDRESS_SPACE = 16L << 30;

    public Allocator {
        environment = Map.copyOf(environment);
    }

    Launch launch(Path program, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(arguments);
        Limits limits = Limits.DEFAULT;
        Launch launch = Launch.of(command)
                .withoutPages()
                .withoutProbe()
                .withLimits(new Limits(limits.wallTime(), limits.outputBytes(), ADDRESS_SPACE, limits.processes()));
        for (Map.Entry<String, String> variable : environment.entrySet()) {
            launch = launch.withEnvironment(variable.getKey(), variable.getValue());
        }
        return launch;
    }

    Allocator with(String variable, String value) {
        Map<String, String> more = new LinkedHashMap<>(environment);
        more.put(variable, value);
        return new Allocator(name, how, requests, arenas, more, tunable);
    }

    /**
     * Those that are installed.
     *
     * @param missing told the others, each with how to get it
     */
    static List<Allocator> find(Programs programs, Map<String, String> missing)
            throws IOException, InterruptedException {
        return find(programs, libraries(), "musl-gcc", missing);
    }

    /**
     * Those that are among these.
     *
     * @param libraries the loader's listing of what it knows
     * @param muslCompiler its name, whether or not it is installed
     */
    static List<Allocator> find(Programs programs, String libraries, String muslCompiler, Map<String, String> missing)
            throws IOException, InterruptedException {
        List<Allocator> found = new ArrayList<>();
        Path requests = build(programs, programs.compiler(), "cc", "requests");
        Path arenas = build(programs, programs.compiler(), "cc", "arenas");
        found.add(new Allocator("glibc", "the C library's own", requests, arenas, Map.of(), true));
        for (Map.Entry<String, String> preloaded : PRELOADED.entrySet()) {
            Matcher matcher = Pattern.compile("=> (\\S*/" + Pattern.quote(preloaded.getValue()) + "\\S*)")
                    .matcher(libraries);
            if (matcher.find()) {
                Map<String, String> environment = Map.of("LD_PRELOAD", matcher.group(1));
                String how = "preloaded, " + Path.of(matcher.group(1)).getFileName();
                found.add(new Allocator(preloaded.getKey(), how, requests, arenas, environment, false));
            } else {
                missing.put(preloaded.getKey(), "not installed: apt install lib" + preloaded.getKey() + "-dev");
            }
        }
        if (Tool.exists(muslCompiler)) {
            CCompiler musl = CCompiler.find(muslCompiler);
            found.add(new Allocator(
                    "musl",
                    "another C library, by musl-gcc",
                    build(programs, musl, "musl", "requests"),
                    build(programs, musl, "musl", "arenas"),
                    Map.of(),
                    false));
        } else {
            missing.put("musl", "not installed: apt install musl-tools");
        }
        return found;
    }

    private static Path build(Programs programs, CCompiler compiler, String folder, String name)
            throws IOException, InterruptedException {
        Path source = programs.project().sampleC().resolve(name).resolve(name + ".c");
        BuildRequest request = BuildRequest.of(
                        source, programs.project().target().resolve("bench").resolve(folder))
                .flag("-pthread");
        return compiler.build(request).executable();
    }

    /** The names that the loader knows, by its own listing (ldconfig(8)). */
    private static String libraries() throws InterruptedException {
        try {
            return Tool.of(Tool.exists("ldconfig") ? "ldconfig" : "/sbin/ldconfig", "-p")
                    .run()
                    .stdout();
        } catch (IOException e) {
            return "";
        }
    }
}
