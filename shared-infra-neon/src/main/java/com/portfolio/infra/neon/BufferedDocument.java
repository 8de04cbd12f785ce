package com.portfolio.infra.neon;

import com.portfolio.infra.neon.internal.DocumentWrite;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What happened to one document since the writes of an advance began. */
final class BufferedDocument {

    private final String id;

    /** The version in the store; null while nobody asked. */
    private @Nullable Long stored;

    /** Whether the writes rest on {@link #stored}. */
    private boolean demanded;

    private boolean written;
    private boolean deletedFirst;
    private int saves;
    private @Nullable String text;
    private Map<String, Object> fields = Map.of();

    BufferedDocument(String id) {
        this.id = id;
    }

    boolean isWritten() {
        return written;
    }

    /** The document as it is now, if it was written and not deleted. */
    Optional<String> text() {
        return Optional.ofNullable(text);
    }

    /** Whether its version is known without asking the store. */
    boolean knowsVersion() {
        return deletedFirst || stored != null;
    }

    /** The store has that version. */
    void sawVersion(long version) {
        if (!demanded) {
            stored = version;
        }
    }

    /** The store must have that version when the writes are sent. */
    void demandVersion(long version) {
        stored = version;
        demanded = true;
    }

    /** The version as it is now, which holds only if the store's does when the writes are sent. */
    long tellVersion() {
        if (deletedFirst) {
            return saves;
        }
        if (stored == null) {
            throw new IllegalStateException("The version of document '" + id + "' is not known.");
        }
        demanded = true;
        return stored + saves;
    }

    void save(String newText, Map<String, Object> newFields) {
        written = true;
        saves++;
        text = newText;
        fields = newFields;
    }

    void delete() {
        written = true;
        deletedFirst = true;
        saves = 0;
        text = null;
        fields = Map.of();
    }

    DocumentWrite toWrite() {
        return new DocumentWrite(id, demanded ? stored : null, deletedFirst, saves, text, fields);
    }
}
