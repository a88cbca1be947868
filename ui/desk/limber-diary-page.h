/* LimberDiaryPage: the desk's diary: a day of all clinicians, where people are booked, moved and cancelled. It is opened about
 * nothing, "for:PERSON" (to book her), "visit:APPOINTMENT", "move:APPOINTMENT", "cancel:APPOINTMENT",
 * "again:APPOINTMENT" (another in its place), or "date:YYYY-MM-DD". */
#pragma once

#include "limber-desk-page.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_DIARY_PAGE (limber_diary_page_get_type ())
G_DECLARE_FINAL_TYPE (LimberDiaryPage, limber_diary_page, LIMBER, DIARY_PAGE, GtkWidget)

G_END_DECLS
