/* What a key is pressed for about somebody: whoever is marked among those found, else whom the page in sight is about. */
#pragma once

#include "limber-hit.h"
#include "limber-pages.h"

G_BEGIN_DECLS

void        limber_errand_open    (LimberPages *pages, LimberHit *marked, const char *page);
void        limber_errand_book    (LimberPages *pages, LimberHit *marked);
const char *limber_errand_visit   (LimberPages *pages, LimberHit *marked, const char *what);
gboolean    limber_errand_walk_in (LimberPages *pages, LimberHit *marked);

G_END_DECLS
