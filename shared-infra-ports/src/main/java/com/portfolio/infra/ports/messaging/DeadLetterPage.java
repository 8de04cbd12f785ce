package com.portfolio.infra.ports.messaging;

import com.portfolio.infra.ports.Experimental;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A page of dead letters.
 *
 * @param letters from the oldest on
 * @param next    the page after this one; empty at the end
 */
@Experimental
public record DeadLetterPage(List<DeadLetter> letters, Optional<DeadLetterQuery> next) {

    public DeadLetterPage {
        letters = List.copyOf(letters);
        Objects.requireNonNull(next, "next");
    }
}
