/* Letters about appointments, from the desk to the printer. */
#pragma once

#include "limber-catalogue.h"
#include "limber-desk-page.h"

G_BEGIN_DECLS

LimberCatalogue *limber_letters_catalogue (const char *language);
void             limber_letters_print     (LimberDeskPage *page, const LimberWork *work, const LimberId *patient);

G_END_DECLS
