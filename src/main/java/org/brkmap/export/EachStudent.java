package org.brkmap.export;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.brkmap.export.Export.Chosen;
import org.jspecify.annotations.Nullable;

/** Forms that are a file for each student. */
final class EachStudent {
    private EachStudent() {}

    /** The text of one grade; null if there is none to tell. */
    interface Writer {
        @Nullable String text(Grade grade);
    }

    static Export of(Chosen chosen, String ending, Writer writer) throws ExportException {
        Map<String, String> files = new LinkedHashMap<>();
        List<Grade> grades = new ArrayList<>(chosen.grades(chosen.lab()));
        for (Grade grade : grades) {
            String text = writer.text(grade);
            if (text != null) {
                files.put(grade.student().fileName() + ending, text);
            }
        }
        return chosen.export(files, grades, List.of());
    }
}
