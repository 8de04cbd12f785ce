package com.portfolio.infra.architecture.planted.testing;

import com.portfolio.infra.architecture.planted.neon.KnowsASibling;

public interface KnowsAnAdapter {
    void accept(KnowsASibling adapter);
}
