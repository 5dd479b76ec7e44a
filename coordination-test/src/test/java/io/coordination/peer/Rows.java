package io.coordination.peer;

import java.util.ArrayList;
import java.util.List;

/** Rows of so many numbers each, compactly. */
final class Rows {

    private static final int IN_A_CHUNK = 1 << 16;

    private final int width;
    private final List<int[]> chunks = new ArrayList<>();
    private int size;

    Rows(int width) {
        this.width = width;
    }

    int add(int... values) {
        if (size % IN_A_CHUNK == 0) {
            chunks.add(new int[IN_A_CHUNK * width]);
        }
        System.arraycopy(values, 0, chunks.get(size / IN_A_CHUNK), size % IN_A_CHUNK * width, width);
        return size++;
    }

    int get(int row, int column) {
        return chunks.get(row / IN_A_CHUNK)[row % IN_A_CHUNK * width + column];
    }

    void set(int row, int column, int value) {
        chunks.get(row / IN_A_CHUNK)[row % IN_A_CHUNK * width + column] = value;
    }

    /** As many of its numbers as there is place for. */
    void copy(int row, int[] to) {
        System.arraycopy(chunks.get(row / IN_A_CHUNK), row % IN_A_CHUNK * width, to, 0, to.length);
    }

    int size() {
        return size;
    }
}
