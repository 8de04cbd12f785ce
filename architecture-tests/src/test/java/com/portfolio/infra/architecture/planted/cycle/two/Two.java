package com.portfolio.infra.architecture.planted.cycle.two;

import com.portfolio.infra.architecture.planted.cycle.one.One;

public interface Two {
    void accept(One one);
}
