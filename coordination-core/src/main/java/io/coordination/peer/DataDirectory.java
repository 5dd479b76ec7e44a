package io.coordination.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What one node keeps across its restarts, in two small files: its last incarnation, and a bound of the token bases that its
 * vote has granted. One process uses it at a time; a second one is refused while the first one lives. Safe for any thread.
 */
public final class DataDirectory implements TokenCeiling, AutoCloseable {

    private static final String CEILING = "token-ceiling";
    private static final String INCARNATION = "incarnation";

    private final Path directory;
    private final String node;
    private final Executor writer;
    private final FileChannel lockFile;
    private final ReentrantLock writing = new ReentrantLock();
    private volatile long stored;

    /**
     * Opens it, and makes it if it is not there.
     *
     * @param node whose it is; that of another node is refused
     * @param writer writes to the disk, one task at a time or several
     * @throws DataDirectoryException if it cannot be used, with the reason and what to do
     */
    public DataDirectory(Path directory, String node, Executor writer) {
        this.directory = directory.toAbsolutePath();
        this.node = node;
        this.writer = writer;
        this.lockFile = lock();
        try {
            this.stored = read(CEILING);
        } catch (RuntimeException unusable) {
            close();
            throw unusable;
        }
    }

    /** An incarnation above all that this node has had before, stored before it is returned; blocks. */
    public long nextIncarnation(long wallMillis) {
        writing.lock();
        try {
            long next = Math.max(wallMillis, read(INCARNATION) + 1);
            write(INCARNATION, next);
            return next;
        } finally {
            writing.unlock();
        }
    }

    @Override
    public long stored() {
        return stored;
    }

    @Override
    public CompletionStage<?> raise(long ceiling) {
        return CompletableFuture.runAsync(() -> store(ceiling), writer);
    }

    /** Lets another process use it. */
    @Override
    public void close() {
        try {
            lockFile.close();
        } catch (IOException failure) {
            throw new UncheckedIOException("Cannot close the lock of the data directory " + directory + ".", failure);
        }
    }

    private void store(long ceiling) {
        writing.lock();
        try {
            if (ceiling > stored) {
                write(CEILING, ceiling);
                stored = ceiling;
            }
        } finally {
            writing.unlock();
        }
    }

    private FileChannel lock() {
        FileChannel file;
        try {
            Files.createDirectories(directory);
            file = FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException failure) {
            throw unusable("it cannot be written: " + failure, failure);
        }
        try {
            FileLock taken = file.tryLock();
            if (taken != null) {
                return file;
            }
            file.close();
        } catch (OverlappingFileLockException inThisJvm) {
            closeAfter(file, inThisJvm);
        } catch (IOException failure) {
            closeAfter(file, failure);
            throw unusable("it cannot be locked: " + failure, failure);
        }
        throw new DataDirectoryException(
                "The data directory " + directory + " is in use by another process of " + node
                        + ". Stop that one, or give this one its own coordination.node-id and data directory.",
                null);
    }

    private static void closeAfter(FileChannel file, Exception cause) {
        try {
            file.close();
        } catch (IOException failure) {
            cause.addSuppressed(failure);
        }
    }

    /** 0 where there is no file yet. */
    private long read(String name) {
        Path file = directory.resolve(name);
        if (!Files.exists(file)) {
            return 0;
        }
        try {
            List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
            if (lines.size() == 2 && lines.get(0).equals(node)) {
                return Long.parseLong(lines.get(1));
            }
            if (lines.size() == 2) {
                throw new DataDirectoryException(
                        "The data directory " + directory + " is that of " + lines.get(0) + ", and this is " + node
                                + ". Each node needs its own.",
                        null);
            }
            throw new NumberFormatException(lines.size() + " lines");
        } catch (IOException | NumberFormatException failure) {
            throw unusable(
                    file
                            + " does not hold what was stored there. If it is damaged, stop for the longest grant and delete it:"
                            + " tokens then rely on the wall clock once",
                    failure);
        }
    }

    /** Either the former content is found afterwards, or the new one. */
    private void write(String name, long value) {
        Path fresh = directory.resolve(name + ".new");
        byte[] content = (node + "\n" + value + "\n").getBytes(StandardCharsets.UTF_8);
        try {
            try (FileChannel file = FileChannel.open(
                    fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
                for (ByteBuffer left = ByteBuffer.wrap(content); left.hasRemaining(); ) {
                    file.write(left);
                }
                file.force(true);
            }
            Files.move(
                    fresh,
                    directory.resolve(name),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
            forceDirectory();
        } catch (IOException failure) {
            throw unusable(name + " cannot be stored: " + failure, failure);
        }
    }

    /** Without it the new name may be lost with the power. Not every system lets a directory be opened; those need it not. */
    private void forceDirectory() throws IOException {
        if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel opened = FileChannel.open(directory, StandardOpenOption.READ)) {
                opened.force(true);
            }
        }
    }

    private DataDirectoryException unusable(String reason, Exception cause) {
        return new DataDirectoryException(
                "The data directory " + directory + " cannot be used: " + reason
                        + ". Check its permissions and free space, or leave coordination.peers.data-directory out.",
                cause);
    }
}
