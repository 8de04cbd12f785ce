package com.portfolio.infra.architecture.planted.cycle.one;

import com.portfolio.infra.architecture.planted.cycle.two.Two;

public interface One {
    void accept(Two two);
}
