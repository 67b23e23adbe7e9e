package org.brkmap.cli;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import org.brkmap.lab.LabInfo;
import org.brkmap.lab.LabWatch;
import org.brkmap.lab.SavedFiles;
import org.brkmap.libc.Keyboard;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code brkmap lab watch}: runs a lab while a student works on it. */
@Command(
        name = "watch",
        mixinStandardHelpOptions = true,
        description = {
            "Runs the lab, and then, each time you save a file of it, the exercises that look at that file; shows the verdict,"
                    + " your points, and the next step.",
            "",
            "Keep it open in one terminal and your editor in another. A save while something runs ends that run and begins"
                    + " another, so an endless loop stops when you mend it.",
            "",
            "Keys: h takes a hint, l lists the exercises, r runs the whole lab, x brings a file back as it was (it asks"
                    + " first), q quits. Without a terminal there are no keys, and each verdict is printed.",
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:you ended it",
            "1:the lab cannot be read or watched",
            "2:the command was not understood, or there is no such lab"
        },
        footerHeading = "%nTry:%n",
        footer = "  ./brkmap lab watch lab2")
final class LabWatchCommand implements Callable<Integer>, WatchRuns.Listener {
    /** Something that happens while it waits. */
    private sealed interface Event {
        record MayHaveChanged() implements Event {}

        record Key(char key) implements Event {}

        record Ended(WatchRuns.Result result) implements Event {}

        record Idle() implements Event {}

        record NobodyThere() implements Event {}
    }

    @Parameters(paramLabel = "LAB", description = "The lab, as ./brkmap lab list names it.")
    private String lab = "";

    @Mixin
    private LabProject project = new LabProject();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    /** Keys that have to wait until no run writes to the progress. */
    private final Deque<Character> keysToCome = new ArrayDeque<>();

    @Override
    public Integer call() throws IOException {
        LabInfo info = project.lab(lab);
        SavedFiles files = new SavedFiles(info.folder());
        Optional<Keyboard> keyboard = Keyboard.open();
        WatchScreen screen = new WatchScreen(spec.commandLine().getOut(), keyboard.isPresent());
        WatchDesk desk = new WatchDesk(project.root(), info, screen);
        try (WatchRuns runs = new WatchRuns(new LabWatch(project.root(), lab), files, this);
                FolderEvents folder = FolderEvents.of(info.folder())) {
            folder.listen(() -> events.add(new Event.MayHaveChanged()));
            keyboard.ifPresent(this::listen);
            screen.begins(info.title());
            runs.everything(true);
            serve(files, runs, screen, desk);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        } finally {
            keyboard.ifPresent(Keyboard::close);
        }
        return 0;
    }

    private void serve(SavedFiles files, WatchRuns runs, WatchScreen screen, WatchDesk desk)
            throws IOException, InterruptedException {
        while (!screen.isGone()) {
            Event event = events.take();
            if (event instanceof Event.MayHaveChanged) {
                Set<String> saved = files.changed();
                if (!saved.isEmpty()) {
                    screen.saved(saved);
                    runs.saved(saved);
                }
            } else if (event instanceof Event.Ended ended) {
                runs.done();
                desk.take(ended.result());
            } else if (event instanceof Event.Key pressed) {
                keysToCome.add(pressed.key());
                if (runs.isRunning() && pressed.key() != 'q') {
                    screen.keyWaits();
                }
            } else if (event instanceof Event.NobodyThere) {
                return;
            }
            if (keysToCome.contains('q')) {
                return;
            }
            while (!keysToCome.isEmpty() && !runs.isRunning()) {
                if (desk.press(keysToCome.remove())) {
                    runs.everything(false);
                }
            }
        }
    }

    private void listen(Keyboard keyboard) {
        Thread thread = new Thread(
                () -> {
                    for (int key = keyboard.read(); key >= 0; key = keyboard.read()) {
                        events.add(new Event.Key((char) key));
                    }
                    events.add(new Event.NobodyThere());
                },
                "brkmap-keys");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void result(WatchRuns.Result result) {
        events.add(new Event.Ended(result));
    }

    @Override
    public void idle() {
        events.add(new Event.Idle());
    }
}
