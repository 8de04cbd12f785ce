/**
 * The quickstart: a service that keeps accounts, put together by constructors in
 * {@link com.portfolio.infra.examples.accounts.Accounts}.
 *
 * <p>The service itself ({@link com.portfolio.infra.examples.accounts.AccountService} with its commands
 * and events, the projection of users, the relay) knows the ports and nothing behind them.
 */
@NullMarked
package com.portfolio.infra.examples.accounts;

import org.jspecify.annotations.NullMarked;
