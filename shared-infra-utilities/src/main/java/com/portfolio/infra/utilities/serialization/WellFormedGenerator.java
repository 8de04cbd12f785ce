package com.portfolio.infra.utilities.serialization;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.util.JsonGeneratorDelegate;
import com.portfolio.infra.ports.event.WellFormed;
import java.io.IOException;

/** Refuses text with half of a surrogate pair at the place where it is written, so that its path is known. */
final class WellFormedGenerator extends JsonGeneratorDelegate {

    static final String REFUSAL = "the text is not well-formed Unicode: it has half of a surrogate pair";

    WellFormedGenerator(JsonGenerator delegate) {
        super(delegate, false);
    }

    @Override
    public void writeFieldName(String name) throws IOException {
        check(name);
        super.writeFieldName(name);
    }

    @Override
    public void writeFieldName(SerializableString name) throws IOException {
        check(name.getValue());
        super.writeFieldName(name);
    }

    @Override
    public void writeString(String text) throws IOException {
        check(text);
        super.writeString(text);
    }

    @Override
    public void writeString(SerializableString text) throws IOException {
        check(text.getValue());
        super.writeString(text);
    }

    @Override
    public void writeString(char[] text, int offset, int length) throws IOException {
        check(new String(text, offset, length));
        super.writeString(text, offset, length);
    }

    private static void check(String text) {
        if (text != null && WellFormed.indexOfLoneSurrogate(text) >= 0) {
            throw new RefusedException(REFUSAL);
        }
    }
}
