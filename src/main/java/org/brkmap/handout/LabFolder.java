package org.brkmap.handout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.brkmap.lab.LabProofs;
import org.brkmap.lab.LabStarter;
import org.jspecify.annotations.Nullable;

/**
 * A lab's folder as students get it: what they write in is as it was at the beginning, and what somebody has worked or built
 * there is left out.
 *
 * @param files by path
 * @param left paths of files that were left out, each with the reason
 */
record LabFolder(SortedMap<String, HandoutFile> files, List<String> left) {
    /** A folder of a lab that students never get. */
    static final String HIDDEN = "hidden";

    private static final Pattern BY_HAND = Pattern.compile("\\..*|.*~|.*\\.(o|class|orig|rej|swp|\\d+)");

    static LabFolder of(Path root, String lab) throws IOException {
        String folder = "labs/" + lab;
        List<String> starters = LabStarter.files(root, lab);
        SortedMap<String, HandoutFile> files = new TreeMap<>();
        List<String> left = new ArrayList<>();
        for (HandoutFile file : HandoutFile.tree(root, folder).values()) {
            String inside = file.path().substring(folder.length() + 1);
            String reason = starters.contains(inside) ? null : reasonAgainst(root, lab, inside, file);
            if (reason == null) {
                files.put(file.path(), file);
            } else if (!reason.isEmpty()) {
                left.add(file.path() + ": " + reason);
            }
        }
        for (String starter : starters) {
            HandoutFile fresh = HandoutFile.of(root, folder + "/starter/" + starter);
            HandoutFile mine = files.put(folder + "/" + starter, fresh.at(folder + "/" + starter));
            if (mine != null && !mine.text().equals(fresh.text())) {
                left.add(mine.path() + ": was changed here; students get it as it is in starter/");
            }
        }
        return new LabFolder(files, left);
    }

    /** Why students do not get a file: null if they do, empty if nobody needs to be told. */
    private static @Nullable String reasonAgainst(Path root, String lab, String inside, HandoutFile file) {
        String folder = inside.replaceFirst("/.*", "");
        if (folder.equals(HIDDEN) || LabProofs.FOLDERS.contains(folder)) {
            return "";
        }
        if (BY_HAND.matcher(file.name()).matches() || isElf(file.bytes())) {
            return "was made while working here";
        }
        if (LabProofs.solution(root, lab)
                .filter(solution -> Files.exists(solution.resolve(inside)))
                .isPresent()) {
            return "is of the solution";
        }
        return null;
    }

    private static boolean isElf(byte[] bytes) {
        return bytes.length > 3 && bytes[0] == 0x7f && bytes[1] == 'E' && bytes[2] == 'L' && bytes[3] == 'F';
    }
}
