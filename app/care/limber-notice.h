/* LimberNotice: what a waiting-room screen says besides calls: which class is where, and who runs late. A node finds it from
 * whole records; the screen gets no more than the words, as a list of texts that begins with its day. */
#pragma once

#include "limber-transaction.h"

G_BEGIN_DECLS

/**
 * LimberNoticeAbout:
 * @LIMBER_NOTICE_CLASS: a class, of which nobody hears what it is for
 * @LIMBER_NOTICE_LATE_WITH: somebody runs late, by the first name
 * @LIMBER_NOTICE_LATE_IN: the same by the room, where the site calls nobody by name
 */
typedef enum {
  LIMBER_NOTICE_CLASS,
  LIMBER_NOTICE_LATE_WITH,
  LIMBER_NOTICE_LATE_IN,
} LimberNoticeAbout;

/**
 * LimberNotice:
 * @about: what it is about
 * @minutes: how late, 0 for a class
 * @start: when a class begins, milliseconds UTC; else 0
 * @text: whose first name it is, or the room's name
 */
typedef struct {
  LimberNoticeAbout about;
  int               minutes;
  gint64            start;
  char             *text;
} LimberNotice;

char      *limber_notice_make   (LimberReader *reader, const LimberId *site, gint64 now, GError **error);
GPtrArray *limber_notice_parse  (const char *list, gint64 now);
gboolean   limber_notice_is_due (LimberReader *reader, gboolean *due, GError **error);
gboolean   limber_notice_renew  (LimberTransaction *transaction, GError **error);

G_END_DECLS
