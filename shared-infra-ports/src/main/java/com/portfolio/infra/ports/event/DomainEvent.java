package com.portfolio.infra.ports.event;

/**
 * Something that happened inside a service and is kept in its event store.
 *
 * <p>The payload is the service's own record; the store's envelope is kept apart from it. A service
 * usually has one sealed interface for each kind of stream, from which {@link EventTypes} are made:
 *
 * <pre>{@code
 * sealed interface AccountEvent extends DomainEvent {}
 * record UserRegistered(String userId, String email) implements AccountEvent {}
 * }</pre>
 */
public interface DomainEvent {}
