package com.portfolio.infra.architecture.planted.utilities;

import com.portfolio.infra.architecture.planted.neon.KnowsASibling;

public interface KnowsAnAdapter {
    void accept(KnowsASibling adapter);
}
