/* LimberReferPage: what somebody says on the telephone is taken down, as a referral. About it: her id. */
#pragma once

#include "limber-desk-page.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_REFER_PAGE (limber_refer_page_get_type ())
G_DECLARE_FINAL_TYPE (LimberReferPage, limber_refer_page, LIMBER, REFER_PAGE, GtkWidget)

G_END_DECLS
