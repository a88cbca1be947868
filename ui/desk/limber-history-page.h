/* LimberHistoryPage: who changed a person's details, when, where, and what they were before. About it: her id. */
#pragma once

#include "limber-desk-page.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_HISTORY_PAGE (limber_history_page_get_type ())
G_DECLARE_FINAL_TYPE (LimberHistoryPage, limber_history_page, LIMBER, HISTORY_PAGE, GtkWidget)

G_END_DECLS
