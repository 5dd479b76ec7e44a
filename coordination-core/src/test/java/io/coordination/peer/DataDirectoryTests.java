package io.coordination.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTests {

    @TempDir
    Path temporary;

    @Test
    void whatIsStoredIsFoundByTheNextProcess() {
        try (DataDirectory directory = open("box-a")) {
            assertThat(directory.stored()).isZero();
            assertThat(directory.raise(1_000)).isCompleted();
            // A bound that is no higher changes nothing.
            assertThat(directory.raise(500)).isCompleted();
        }
        try (DataDirectory directory = open("box-a")) {
            assertThat(directory.stored()).isEqualTo(1_000);
        }
    }

    @Test
    void incarnationsRiseEvenIfTheClockWasSetBack() {
        try (DataDirectory directory = open("box-a")) {
            assertThat(directory.nextIncarnation(5_000)).isEqualTo(5_000);
        }
        try (DataDirectory directory = open("box-a")) {
            assertThat(directory.nextIncarnation(10)).isEqualTo(5_001);
            assertThat(directory.nextIncarnation(10)).isEqualTo(5_002);
        }
    }

    @Test
    void aSecondProcessOfTheNodeIsRefused() {
        try (DataDirectory first = open("box-a")) {
            assertThat(first.stored()).isZero();
            assertThatThrownBy(() -> open("box-a"))
                    .isInstanceOf(DataDirectoryException.class)
                    .hasMessageContaining("in use by another process of box-a")
                    .hasMessageContaining("coordination.node-id");
        }
    }

    @Test
    void thatOfAnotherNodeIsRefused() {
        try (DataDirectory directory = open("box-a")) {
            assertThat(directory.raise(7)).isCompleted();
        }
        assertThatThrownBy(() -> open("box-b"))
                .isInstanceOf(DataDirectoryException.class)
                .hasMessageContaining("is that of box-a, and this is box-b");
        // Whoever was refused does not keep it.
        try (DataDirectory directory = open("box-a")) {
            assertThat(directory.stored()).isEqualTo(7);
        }
    }

    @Test
    void aDamagedFileIsNotTakenForAnEmptyOne() throws IOException {
        Files.writeString(temporary.resolve("token-ceiling"), "box-a\n12x\n");
        assertThatThrownBy(() -> open("box-a"))
                .isInstanceOf(DataDirectoryException.class)
                .hasMessageContaining("does not hold what was stored there");
    }

    @Test
    void whatCannotBeWrittenIsRefusedAtOnce() throws IOException {
        Path file = Files.createFile(temporary.resolve("a-file"));
        assertThatThrownBy(() -> new DataDirectory(file.resolve("below"), "box-a", Runnable::run))
                .isInstanceOf(DataDirectoryException.class)
                .hasMessageContaining("cannot be written")
                .hasMessageContaining("data-directory");
    }

    @Test
    void aBoundThatCannotBeStoredFails() throws IOException {
        try (DataDirectory directory = open("box-a")) {
            // In the way of the file that is written first.
            Files.createDirectories(temporary.resolve("token-ceiling.new").resolve("full"));
            assertThat(directory.raise(9).toCompletableFuture()).isCompletedExceptionally();
            assertThat(directory.stored()).isZero();
        }
    }

    private DataDirectory open(String node) {
        return new DataDirectory(temporary, node, Runnable::run);
    }
}
