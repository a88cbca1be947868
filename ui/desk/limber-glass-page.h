/* LimberGlassPage: where somebody breaks the glass, and a manager looks at who has. A LimberDeskPage, opened about a patient's id or nobody. */
#pragma once

#include "limber-desk-page.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_GLASS_PAGE (limber_glass_page_get_type ())
G_DECLARE_FINAL_TYPE (LimberGlassPage, limber_glass_page, LIMBER, GLASS_PAGE, GtkWidget)

G_END_DECLS
