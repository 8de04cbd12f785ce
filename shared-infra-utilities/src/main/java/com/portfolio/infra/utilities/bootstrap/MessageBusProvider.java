package com.portfolio.infra.utilities.bootstrap;

/** Opens message buses with their dead letters, by the names of {@code MESSAGE_BUS_PROVIDER}. */
public interface MessageBusProvider extends AdapterProvider<MessageBusAdapter> {}
