/* LimberPersonPage: one person: the banner, how to reach her, what she needs, her appointments. */
#pragma once

#include <gtk/gtk.h>

#include "limber-desk-page.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_PERSON_PAGE (limber_person_page_get_type ())
G_DECLARE_FINAL_TYPE (LimberPersonPage, limber_person_page, LIMBER, PERSON_PAGE, GtkWidget)

/* About somebody, by her id. Action used: desk.back. */

G_END_DECLS
