package org.brkmap.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SavedFilesTest {
    @TempDir
    Path folder;

    private SavedFiles files;

    @BeforeEach
    void writeFiles() throws IOException {
        Files.writeString(folder.resolve("grow.c"), "one");
        Files.writeString(folder.resolve("leak.c"), "two");
        files = new SavedFiles(folder);
    }

    @Test
    void aSaveInPlaceIsToldOnce() throws IOException {
        Files.writeString(folder.resolve("grow.c"), "three");
        assertThat(files.areOld()).isTrue();
        assertThat(files.changed()).containsExactly("grow.c");
        assertThat(files.areOld()).isFalse();
        assertThat(files.changed()).isEmpty();
    }

    @Test
    void aSaveByRenamingIsASave() throws IOException {
        Path fresh = Files.writeString(folder.resolve(".grow.c.new"), "three");
        assertThat(files.changed()).isEmpty();
        Files.move(fresh, folder.resolve("grow.c"), StandardCopyOption.ATOMIC_MOVE);
        assertThat(files.changed()).containsExactly("grow.c");
    }

    @Test
    void whatIsSavedAsItWasIsNoSave() throws IOException {
        Files.writeString(folder.resolve("grow.c"), "one");
        Files.setLastModifiedTime(folder.resolve("leak.c"), FileTime.from(Instant.EPOCH));
        assertThat(files.areOld()).isFalse();
        assertThat(files.changed()).isEmpty();
    }

    @Test
    void whatEditorsLeaveBesideAFileDoesNotCount() throws IOException {
        for (String name : new String[] {".grow.c.swp", "grow.c~", "#grow.c#", "4913", "grow.c.bak", ".#grow.c"}) {
            Files.writeString(folder.resolve(name), "left by an editor");
        }
        assertThat(files.changed()).isEmpty();
    }

    @Test
    void newAndDeletedFilesAreToldByTheirNames() throws IOException {
        Files.delete(folder.resolve("grow.c"));
        Files.writeString(folder.resolve("hello.py"), "");
        assertThat(files.changed()).containsExactlyInAnyOrder("grow.c", "hello.py");
    }
}
