package org.brkmap.rerun;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.brkmap.lab.LabRunner;
import org.brkmap.sandbox.Sandbox;
import org.brkmap.sandbox.Tier;
import org.brkmap.sandbox.User;
import org.brkmap.toolchain.Confined;
import org.brkmap.toolchain.NativeParts;

/**
 * Runs one lab after the other on the files of a folder, with everything that is built or run confined. It is started as a user
 * who may do nothing else; who started it prepares the folder between two of them, and takes the report from it.
 */
public final class RerunWorker {
    static final String READY = "ready";
    static final String DONE = "done";
    static final String FAILED = "failed ";

    private RerunWorker() {}

    /**
     * Reads the id of a lab from each line, runs it, and answers each with a line.
     *
     * @param root of the project whose checks are run
     * @param job the folder with the student's files
     * @param segments whether System V segments are seen from outside the sandbox
     * @param groups entries of the control group that programs enter; none where there is none
     */
    public static void serve(
            Path root,
            Path job,
            Tier tier,
            boolean segments,
            List<Path> groups,
            BufferedReader orders,
            PrintStream answers)
            throws IOException, InterruptedException {
        NativeParts.ready();
        User user = User.forSlot(0);
        if (!user.isOurs()) {
            throw new IOException("a worker does not run as root; brkmap grade rerun starts it as it should");
        }
        Sandbox sandbox = Sandbox.around(job, tier, user).entering(groups);
        Confined.by(segments ? sandbox.sharingSegments() : sandbox);
        answers.println(READY);
        String lab;
        while ((lab = orders.readLine()) != null) {
            answers.println(run(root, job, lab));
        }
    }

    private static String run(Path root, Path job, String lab) {
        try {
            PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
            LabRunner.in(root).on(job).run(lab, nowhere);
            return DONE;
        } catch (IOException | IllegalStateException e) {
            return FAILED + String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
        }
    }

    /** What a worker gets from its environment: nothing of its starter's. */
    static Map<String, String> environment(Path slot) {
        return Map.of("PATH", "/usr/local/bin:/usr/bin:/bin", "HOME", slot.toString(), "LC_ALL", "C.UTF-8");
    }
}
