package com.portfolio.infra.architecture.planted.neon;

import com.portfolio.infra.architecture.planted.kafka.KnowsAForeignDriver;

public interface KnowsASibling {
    void accept(KnowsAForeignDriver sibling);
}
