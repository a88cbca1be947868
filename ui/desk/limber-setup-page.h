/* LimberSetupPage: set-up (ui/setup) as a page of the desk: what is changed there is a deed as any other. "setup:PART" opens a part of it. */
#pragma once

#include "limber-desk-page.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_SETUP_PAGE (limber_setup_page_get_type ())
G_DECLARE_FINAL_TYPE (LimberSetupPage, limber_setup_page, LIMBER, SETUP_PAGE, GtkWidget)

G_END_DECLS
