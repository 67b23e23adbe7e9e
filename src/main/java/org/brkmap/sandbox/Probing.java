package org.brkmap.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.brkmap.toolchain.Confinement;
import org.brkmap.toolchain.Tool;
import org.brkmap.toolchain.ToolResult;

/** Finds out which tiers this machine allows, by running a program in each. */
public final class Probing {
    private Probing() {}

    /**
     * What a tier came to here.
     *
     * @param works whether a program runs in it
     * @param why it does not, in a line; empty if it does
     */
    public record Outcome(boolean works, String why) {}

    /** Tries every tier, the best first. */
    public static Map<Tier, Outcome> tryAll(User user) throws IOException, InterruptedException {
        Path workspace = Files.createTempDirectory("brkmap-probe-");
        try {
            user.own(workspace);
            Map<Tier, Outcome> outcomes = new EnumMap<>(Tier.class);
            for (Tier tier : Tier.values()) {
                outcomes.put(tier, attempt(Sandbox.around(workspace, tier, user), workspace));
            }
            return outcomes;
        } finally {
            Files.deleteIfExists(workspace);
        }
    }

    /** The best tier that works here. */
    public static Tier best(User user) throws IOException, InterruptedException {
        return tryAll(user).entrySet().stream()
                .filter(entry -> entry.getValue().works())
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(Tier.C);
    }

    private static Outcome attempt(Sandbox sandbox, Path workspace) throws InterruptedException {
        try {
            List<String> command = sandbox.confine(new Confinement.Command(
                    List.of("/usr/bin/head", "-c", "1", "/etc/passwd"), workspace, Map.of(), List.of(), false));
            ToolResult result =
                    Tool.of(command).wallLimit(Duration.ofSeconds(20)).runConfined();
            // A wall that hides nothing is none.
            int expected = sandbox.tier() == Tier.C ? 0 : 1;
            return result.exit() == expected
                    ? new Outcome(true, "")
                    : new Outcome(false, (result.stderr() + " (exit status " + result.exit() + ")").strip());
        } catch (IOException e) {
            return new Outcome(false, String.valueOf(e.getMessage()));
        }
    }
}
