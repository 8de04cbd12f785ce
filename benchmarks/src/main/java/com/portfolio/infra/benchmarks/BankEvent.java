package com.portfolio.infra.benchmarks;

import com.portfolio.infra.ports.event.DomainEvent;
import com.portfolio.infra.ports.event.EventTypes;
import com.portfolio.infra.utilities.serialization.JacksonEventCodec;
import java.math.BigDecimal;

/** What every benchmark stores and reads. */
public sealed interface BankEvent extends DomainEvent {

    /** An event of an ordinary size: about 300 bytes of JSON. */
    record MoneyDeposited(
            String accountId,
            String owner,
            String iban,
            BigDecimal amount,
            String currency,
            String reference,
            String valueDate)
            implements BankEvent {}

    /** Writes and reads these events, as a service would. */
    static JacksonEventCodec codec() {
        return JacksonEventCodec.of(EventTypes.ofSealed("bank", BankEvent.class));
    }

    /** The event that every benchmark uses. */
    static MoneyDeposited sample() {
        return new MoneyDeposited(
                "0190f3c2-1111-7abc-8def-0123456789ab",
                "Ada Lovelace",
                "AT611904300234573201",
                new BigDecimal("1234.50"),
                "EUR",
                "Invoice 2026-11-0042, thank you for the punched cards and for the notes on the engine, as agreed by letter of 5 November",
                "2026-11-22");
    }
}
