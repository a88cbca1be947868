/* Letters about appointments, from the desk to the printer. */
#pragma once

#include "limber-desk-page.h"

G_BEGIN_DECLS

void limber_letters_print (LimberDeskPage *page, LimberStore *store, const char *site, const LimberId *patient);

G_END_DECLS
