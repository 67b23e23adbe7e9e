package lab4;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.brkmap.lab.Bench;
import org.brkmap.toolchain.Tool;
import org.brkmap.toolchain.ToolResult;

/** A file system of 1 MiB, in a mount namespace of its own: it is gone with the command that it was made for. */
final class SmallDisk {
    private static final int SIGBUS = 7;
    private static final String MOUNT = "mount -t tmpfs -o size=1m none \"$0\" && exec \"$@\"";

    /** As root in a user namespace of one's own, or as root, where those are forbidden and mounting is not. */
    private static final List<String> WAYS = List.of("-rm", "-m");

    private final Bench bench;
    private final Path folder;
    private String way = "";

    /** Not checked where nothing can be mounted. */
    SmallDisk(Bench bench) {
        this.bench = bench;
        folder = bench.file(Inputs.FOLDER + "disk").toAbsolutePath();
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        bench.needs(Tool.exists("unshare"), "unshare, which a small disk is made with, is not installed");
        List<String> refusals = new ArrayList<>();
        for (String next : WAYS) {
            way = next;
            ToolResult probe = on("true");
            if (probe.exit() == 0) {
                return;
            }
            refusals.add("unshare " + next + ": " + probe.stderr().strip());
        }
        throw bench.notChecked("no disk of 1 MiB can be mounted here (" + String.join("; ", refusals)
                + "); a container needs --security-opt seccomp=unconfined or --privileged for that");
    }

    /** A copy that does not fit is an error, and no SIGBUS; one that fits is made. */
    void isFilledBy(CopyProgram program) {
        String large = Inputs.file(bench, "in.dat", 4 * CopyProgram.MIB);
        ToolResult result = on(program.path(), large, folder + "/out.dat");
        assertThat(result.exit())
                .as("exit status of copying 4 MiB to a disk of 1 MiB; %d is SIGBUS", Copies.SIGNAL + SIGBUS)
                .isNotEqualTo(Copies.SIGNAL + SIGBUS);
        Copies.tells(result, "out.dat", "4 MiB to a disk of 1 MiB");
        String small = Inputs.file(bench, "small.dat", 100_000);
        Copies.ends(
                on("sh", "-c", "\"$0\" \"$1\" \"$2\" && cmp \"$1\" \"$2\"", program.path(), small, folder + "/out.dat"),
                "100000 bytes to the same disk");
    }

    /** Runs a command that finds the disk in its folder, and nothing on it. */
    private ToolResult on(String... command) {
        List<String> all = new ArrayList<>(List.of("unshare", way, "sh", "-c", MOUNT, folder.toString()));
        all.addAll(List.of(command));
        return CopyProgram.run(bench, all);
    }
}
