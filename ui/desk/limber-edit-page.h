/* LimberEditPage: a person's details, to be changed. About it: her id. */
#pragma once

#include "limber-desk-page.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_EDIT_PAGE (limber_edit_page_get_type ())
G_DECLARE_FINAL_TYPE (LimberEditPage, limber_edit_page, LIMBER, EDIT_PAGE, GtkWidget)

G_END_DECLS
