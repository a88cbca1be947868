/* LimberTodayPage: the list of the day, with its filters, its tasks, and what it shows when there is nothing to show. */
#pragma once

#include <gtk/gtk.h>

#include "limber-day.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_TODAY_PAGE (limber_today_page_get_type ())
G_DECLARE_FINAL_TYPE (LimberTodayPage, limber_today_page, LIMBER, TODAY_PAGE, GtkWidget)

void         limber_today_page_set_day      (LimberTodayPage *page, LimberDay *day);
LimberVisit *limber_today_page_get_selected (LimberTodayPage *page);
void         limber_today_page_select       (LimberTodayPage *page, const LimberId *appointment);
void         limber_today_page_follow       (LimberTodayPage *page, const LimberId *appointment);
void         limber_today_page_move         (LimberTodayPage *page, int by);
void         limber_today_page_show_earlier (LimberTodayPage *page, guint n);

/* Property: "selected" (LimberVisit, nullable), notified. Actions used: desk.check-in, desk.open, desk.task-done(s). */

G_END_DECLS
