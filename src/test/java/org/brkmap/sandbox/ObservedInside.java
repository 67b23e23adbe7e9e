package org.brkmap.sandbox;

import java.nio.file.Path;
import java.util.List;
import org.brkmap.analyse.Analyser;
import org.brkmap.analyse.Analysis;
import org.brkmap.analyse.Fingerprint;
import org.brkmap.model.Snapshot;
import org.brkmap.observe.Launch;
import org.brkmap.observe.Observer;
import org.brkmap.toolchain.Confined;

/** A JVM that observes one program, in a sandbox or not, and prints what does not hang on addresses. */
final class ObservedInside {
    private ObservedInside() {}

    public static void main(String[] args) throws Exception {
        Path workspace = Path.of(args[1]);
        if (!args[0].equals("none")) {
            Confined.by(Sandbox.around(workspace, Tier.valueOf(args[0]), User.forSlot(0)));
        }
        Analysis run = Analyser.analyse(Observer.observe(
                Launch.of(List.of(args).subList(2, args.length)).withDirectory(workspace)));
        System.out.println("ended: " + run.observation().ending().describe());
        run.observation()
                .events()
                .forEach(event -> System.out.println("event: " + event.call() + " "
                        + (event.cause() == null ? "" : event.cause().operation())));
        for (Snapshot snapshot : run.observation().snapshots()) {
            System.out.println("at: " + snapshot.label() + " " + snapshot.allocations());
            Fingerprint.of(snapshot).lines().forEach(line -> System.out.println("map: " + line));
        }
        run.observation()
                .allocations()
                .forEach(call -> System.out.println("calls: " + call.call().operation() + " "
                        + call.call().size() + " by first process: "
                        + (call.pid() == run.observation().snapshots().get(0).pid())));
        run.observation().notes().forEach(note -> System.out.println("note: " + note));
    }
}
