package org.brkmap.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** All commands that people give, those of commands included. */
final class Commands {
    private Commands() {}

    static List<CommandSpec> all() {
        List<CommandSpec> all = new ArrayList<>();
        add(all, Brkmap.commandLine());
        return all;
    }

    private static void add(List<CommandSpec> all, CommandLine parent) {
        for (CommandLine command : parent.getSubcommands().values()) {
            if (!command.getCommandSpec().usageMessage().hidden()) {
                all.add(command.getCommandSpec());
                add(all, command);
            }
        }
    }

    /** The words after brkmap. */
    static String words(CommandSpec command) {
        return command.qualifiedName().replaceFirst("^brkmap ", "");
    }
}
